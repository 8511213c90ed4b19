/** Commands of TeX and the characters that they print. */
export const SYMBOLS: ReadonlyMap<string, string> = new Map(
  `alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ nu ν xi ξ pi π rho ρ sigma σ
  tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Phi Φ Psi Ψ Omega Ω times × cdot ·
  div ÷ pm ± leq ≤ le ≤ geq ≥ ge ≥ neq ≠ ne ≠ approx ≈ sim ~ infty ∞ to → rightarrow → Rightarrow ⇒ implies ⇒ in ∈ sum ∑ prod ∏ int ∫
  partial ∂ nabla ∇ ldots … dots … cdots … circ ° degree ° forall ∀ exists ∃ cup ∪ cap ∩ subset ⊂ emptyset ∅ propto ∝ equiv ≡ hbar ħ
  ell ℓ prime ′`
    .split(/\s+/u)
    .flatMap((name, i, all) => (i % 2 === 0 ? [[name, all[i + 1] ?? ''] as const] : [])),
);

/** Names of functions, which are words of a formula. */
export const FUNCTIONS: ReadonlySet<string> = new Set(
  'sin cos tan log ln exp lim max min mod gcd arcsin arccos arctan sinh cosh det'.split(' '),
);
