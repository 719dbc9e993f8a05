import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** The statements around works, prepared once. */
export class TransactionFrame {
  readonly #db: DatabaseSync;
  readonly #statements: Readonly<
    Record<'begin' | 'commit' | 'save' | 'release' | 'undo', StatementSync>
  >;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#statements = {
      begin: db.prepare('BEGIN IMMEDIATE'),
      commit: db.prepare('COMMIT'),
      save: db.prepare('SAVEPOINT work'),
      release: db.prepare('RELEASE work'),
      undo: db.prepare('ROLLBACK TO work'),
    };
  }

  begin(): void {
    this.#statements.begin.run();
  }
  commit(): void {
    this.#statements.commit.run();
  }
  savepoint(): void {
    this.#statements.save.run();
  }
  release(): void {
    this.#statements.release.run();
  }
  rollBackToSavepoint(): void {
    this.#statements.undo.run();
    this.#statements.release.run();
  }
  /** Ends the transaction without effect, if one is open. */
  abandon(): void {
    if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
  }
}
