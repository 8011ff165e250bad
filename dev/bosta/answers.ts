/** Bosta's envelope around what went well. */
export function done(data: unknown) {
  return { success: true, message: 'Done successfully.', data };
}

/** A no of Bosta's: thrown by a route, answered in Bosta's envelope. */
export class Refusal extends Error {
  readonly status: number;
  readonly errorCode: number | undefined;

  constructor(status: number, message: string, errorCode?: number) {
    super(message);
    this.status = status;
    this.errorCode = errorCode;
  }
}

/** What Bosta says of a tracking number that it does not know: 404, or 400 by route. */
export function deliveryNotFound(status: 400 | 404): Refusal {
  return new Refusal(status, 'Delivery not found');
}
