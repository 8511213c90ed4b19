import type { MeaningCases } from './meaning-case.ts';

export const ITALIAN: MeaningCases = {
  language: 'it',
  cases: [
    { text: 'Non ci sono prove che funzioni.', never: ['prove', 'funzioni'] },
    { text: 'La Terra non è piatta.', never: ['piatta'] },
    { text: 'Non bere quest’acqua.', never: ['bere', 'acqua'] },
    { text: 'Nessuno è rimasto ferito.', never: ['ferito'] },
    { text: 'È uscito senza pagare.', never: ['pagare'] },
    { text: 'Né il re né la regina sono venuti.', never: ['venuti'] },
    { text: 'L’azienda nega di aver perso i dati.', never: ['perso'] },
    { text: 'Solo due ponti su dieci sono sicuri.', never: ['sicuri', 'due ponti'] },
    { text: 'Quasi metà dei bambini non sa nuotare.', never: ['nuotare', 'metà'] },
    { text: 'Almeno 40 persone sono morte.', never: ['40', '40 persone'] },
    { text: 'Le vendite sono calate del 40%.', never: ['40'] },
    { text: 'Il treno parte alle 7:45.', never: ['7', '45'] },
    { text: 'Il lago è gelato a −3 °C.', never: ['3', 'c'] },
    { text: 'Servono 250 g di farina.', never: ['250', 'g'] },
    { text: 'Se piove, la partita è annullata.', never: ['annullata', 'partita è annullata'] },
    { text: 'Il ministro potrebbe dimettersi.', never: ['dimettersi'] },
    { text: 'Il tè ha meno caffeina del caffè.', never: ['caffeina del caffè'] },
    { text: 'Il sig. Rossi abita a San Marino.', never: ['marino', 'san', 'sig'], tags: ['san marino'] },
    { text: 'Dicevano che il ponte era sicuro. Non è vero.', never: ['sicuro', 'vero'] },
    {
      text: 'Il comune ha detto martedì di non aver approvato il progetto di chiudere la vecchia piscina di via del Mulino.',
      holds: ['non aver approvato'],
      never: ['approvato'],
    },
  ],
};
