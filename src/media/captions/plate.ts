/** The ground of captions: dark enough for white letters over white. The radius is in em. */
export const PLATE = { colour: 'rgba(10, 12, 20, 0.72)', radius: 0.32 } as const;
