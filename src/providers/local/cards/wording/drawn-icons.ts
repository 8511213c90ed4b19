/**
 * SVG path data in a square of 256 of icons that we draw. Viewers did not recognize the lighthouse of the icon set, which is
 * as wide as it is high and gives no light.
 */
export const DRAWN_ICONS = {
  lighthouse: `M128,8L160,40H96Z M104,48H152V78H104Z M88,86H168V98H88Z M100,106H156L159,134H97Z M95,152H161L164,180H92Z M90,198H166L168,218H88Z
M92,52V74L4,98V28Z M164,52V74L252,98V28Z M40,248L72,226H184L216,248Z`,
} as const;
