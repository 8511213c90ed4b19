import type { CorpusText } from '../corpus-text.ts';

export const text: CorpusText = {
  language: 'es',
  source: {
    kind: 'article',
    text: `# 5 errores al regar las plantas

No todas las plantas mueren de sed. La mayoría muere por exceso de agua.

1. **Regar a diario.** Casi ninguna planta lo necesita.

2. **Usar agua fría.** Nunca debe estar por debajo de 15 °C.

3. **Mojar las hojas.** Con el sol del mediodía pueden quemarse, pero no de noche.

4. **Olvidar el drenaje.** Sin agujeros, el agua no sale y las raíces se pudren en 2 o 3 semanas.

5. **Abonar en invierno.** Salvo las orquídeas, las plantas no crecen entonces.

En resumen: 250 ml por semana bastan, a menos que haga más de 30 °C.

¡Comparte este artículo en WhatsApp!`,
  },
  titles: ['5 errores al regar las plantas'],
  narrated: [
    'No todas las plantas mueren de sed.',
    'La mayoría muere por exceso de agua.',
    'Regar a diario.',
    'Casi ninguna planta lo necesita.',
    'Usar agua fría.',
    'Nunca debe estar por debajo de 15 °C.',
    'Mojar las hojas.',
    'Con el sol del mediodía pueden quemarse, pero no de noche.',
    'Olvidar el drenaje.',
    'Sin agujeros, el agua no sale y las raíces se pudren en 2 o 3 semanas.',
    'Abonar en invierno.',
    'Salvo las orquídeas, las plantas no crecen entonces.',
    'En resumen: 250 ml por semana bastan, a menos que haga más de 30 °C.',
  ],
  leftOut: ['**', '#', 'Comparte este artículo'],
  notAlone: [
    'Todas las plantas mueren de sed',
    'Las plantas mueren de sed',
    'Mueren de sed',
    'Planta lo necesita',
    'Ninguna planta lo necesita',
    'Debe estar por debajo de 15 °C',
    'El agua sale',
    'Las plantas crecen',
    'Agujeros',
    'De noche',
    'Las orquídeas',
    '1',
    '250 ml por semana bastan',
    'Crecen entonces',
  ],
  notTags: ['sed', 'agujeros', '1'],
  unbroken: ['15 °C', '2 o 3 semanas', '250 ml', '30 °C'],
  heard: [
    ['Nunca debe estar por debajo de 15 °C.', 'quince grados celsius | quince grados centígrados | quince grados'],
    ['En resumen: 250 ml por semana bastan.', 'doscientos cincuenta mililitros'],
    ['Las raíces se pudren en 2 o 3 semanas.', 'dos o tres semanas'],
    ['5 errores al regar las plantas', 'cinco errores'],
  ],
};
