/**
 * Waits for facts instead of for time: `until` looks once, and again after each `notify`.
 * What is waited for and does not come is told with a description made at that moment.
 */
export class Watch {
  #looks = new Set<() => void>();

  notify(): void {
    for (const look of [...this.#looks]) look();
  }

  /** Resolves with the first value of `look` that is not undefined; what `look` throws rejects. */
  until<T>(look: () => T | undefined, withinMs: number, complaint: () => string): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#looks.delete(again);
        reject(new Error(`${complaint()} (waited ${withinMs} ms)`));
      }, withinMs);
      const again = () => {
        try {
          const value = look();
          if (value === undefined) return;
          resolve(value);
        } catch (error) {
          reject(error);
        }
        clearTimeout(timer);
        this.#looks.delete(again);
      };
      this.#looks.add(again);
      again();
    });
  }
}
