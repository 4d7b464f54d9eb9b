/** A little of the machine's own time, for real work (a file, a socket) that no virtual timer stands for. */
export const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1))
