/** The path of prometheus, promtool or amtool, or its name if it is on the PATH; undefined where it is missing. */
export function testTool(root: string, name: 'prometheus' | 'promtool' | 'amtool'): string | undefined;
