import postgres from 'postgres';

export type LinkRefusal =
  | 'ORDER_NOT_FOUND'
  | 'LINK_NOT_FOUND'
  | 'UNLINK_NOT_FOUND'
  | 'ALREADY_LINKED'
  | 'CUSTOMER_MISMATCH'
  | 'LINK_TOO_FAR_APART'
  | 'FAMILY_CYCLE'
  | 'NOTHING_TO_UNDO'
  | 'IDEMPOTENCY_KEY_REUSED';

/** What a person wished of a link cannot be; nothing was written. */
export class LinkRefused extends Error {
  override readonly name = 'LinkRefused';
  readonly code: LinkRefusal;
  readonly details: Record<string, string> | undefined;

  constructor(code: LinkRefusal, details?: Record<string, string>) {
    super(code);
    this.code = code;
    this.details = details;
  }
}

/** The constraints that keep families lawful, whoever links, and what each says. */
const constraints: Record<string, LinkRefusal> = {
  families_have_no_cycles: 'FAMILY_CYCLE',
  an_order_is_not_its_own_main: 'FAMILY_CYCLE',
  links_join_one_customer: 'CUSTOMER_MISMATCH',
  links_span_at_most_365_days: 'LINK_TOO_FAR_APART',
};

/** Runs a transaction of links; what a constraint refuses becomes a LinkRefused. */
export async function refusing<T>(transaction: () => Promise<T>): Promise<T> {
  try {
    return await transaction();
  } catch (error) {
    const name = error instanceof postgres.PostgresError ? error.constraint_name : undefined;
    const code = name === undefined ? undefined : constraints[name];
    if (code === undefined) throw error;
    throw new LinkRefused(code);
  }
}
