/** Tools of the grid; those with an amount or a choice ask in a dialog first. */
export type Tool = 'percent' | 'add' | 'nine' | 'copy' | 'clear' | 'paste';
export type AskingTool = 'percent' | 'add' | 'copy';

export const asks = (tool: Tool): tool is AskingTool => tool === 'percent' || tool === 'add' || tool === 'copy';
