/** How many steps each workflow has recorded, and who waits for more. */
export class Progress {
  readonly #steps = new Map<string, number>();
  readonly #waiting = new Map<string, { steps: number; go: () => void }>();

  /** The workflows that somebody waits for. */
  get awaited(): string[] {
    return [...this.#waiting.keys()];
  }

  /** One more step of a workflow is recorded. */
  step(workflowId: string): void {
    this.stands(workflowId, (this.#steps.get(workflowId) ?? 0) + 1);
  }

  /** So many steps of a workflow are recorded. */
  stands(workflowId: string, steps: number): void {
    this.#steps.set(workflowId, steps);
    const waiting = this.#waiting.get(workflowId);
    if (waiting === undefined || waiting.steps > steps) return;
    this.#waiting.delete(workflowId);
    waiting.go();
  }

  /** Resolves when a workflow has recorded so many steps; one waits for each at a time. */
  async reaches(workflowId: string, steps: number): Promise<void> {
    if ((this.#steps.get(workflowId) ?? 0) >= steps) return;
    await new Promise<void>((go) => {
      this.#waiting.set(workflowId, { steps, go });
    });
  }

  /** A workflow that is over. */
  forget(workflowId: string): void {
    this.#steps.delete(workflowId);
  }
}
