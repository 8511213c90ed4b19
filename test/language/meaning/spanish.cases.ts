import type { MeaningCases } from './meaning-case.ts';

export const SPANISH: MeaningCases = {
  language: 'es',
  cases: [
    { text: 'No hay pruebas de que funcione.', never: ['pruebas', 'funcione'] },
    { text: 'La Tierra no es plana.', never: ['plana'] },
    { text: '¡No bebas esa agua!', never: ['bebas', 'agua'] },
    { text: 'Nadie resultó herido.', never: ['herido'] },
    { text: 'Se fue sin pagar.', never: ['pagar'] },
    { text: 'Ni el rey ni la reina vinieron.', never: ['vinieron'] },
    { text: 'La empresa negó haber perdido los datos.', never: ['perdido'] },
    { text: 'Solo dos de los diez puentes son seguros.', never: ['seguros', 'diez puentes'] },
    { text: 'Casi la mitad de los niños no sabe nadar.', never: ['nadar', 'mitad'] },
    { text: 'Al menos 40 personas murieron.', never: ['40', '40 personas'] },
    { text: 'Las ventas cayeron un 40 %.', never: ['40'] },
    { text: 'El tren sale a las 7:45.', never: ['7', '45'] },
    { text: 'El lago se congeló a −3 °C.', never: ['3', 'c'] },
    { text: 'Cuesta 3,5 millones de euros.', never: ['3', '5', '5 millones'] },
    { text: 'Si llueve, se cancela el partido.', never: ['cancela', 'se cancela el partido'] },
    { text: 'El ministro podría dimitir.', never: ['dimitir'] },
    { text: 'El té tiene menos cafeína que el café.', never: ['cafeína que el café'] },
    { text: 'El Sr. López nunca vivió en Nueva York.', never: ['vivió', 'york', 'sr'] },
    { text: '¿Es malo el café?', never: ['malo', 'malo el café'] },
    { text: 'Decían que el puente era seguro. No lo era.', never: ['seguro'] },
    {
      text: 'El ayuntamiento dijo el martes que no había aprobado el plan de cerrar la vieja piscina de la calle del Molino.',
      holds: ['no había aprobado'],
      never: ['aprobado'],
    },
  ],
};
