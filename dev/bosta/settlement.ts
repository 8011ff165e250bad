import { codeAt, objectAt, type Payload } from './payload.ts';

/** The wallet of a delivery that has ended: deposited is COD less fees, so returns and pickups cost money. */
export function settled(payload: Payload, at: Date): Payload {
  const collected = codeAt(payload, 'state') === 45 ? Number(payload.cod) || 0 : 0;
  const shipping = Number(payload.shipmentFees) || 0;
  const opening = payload.allowToOpenPackage === true ? 7 : 0;
  // `shipmentFees` is before VAT, `bosta_fees` after: 14 %.
  const vat = (shipping + opening) * 0.14;
  const fees = shipping + opening + vat;
  const cashCycle = {
    cod: collected.toFixed(2),
    bosta_fees: fees.toFixed(2),
    shipping_fees: shipping.toFixed(2),
    vat: vat.toFixed(2),
    opening_package_fees: opening.toFixed(2),
    collection_fees: '0.00',
    insurance_fees: '0.00',
    promotion_discount_amount: '0.00',
    total_amount: collected,
    deposited_amt: Number((collected - fees).toFixed(2)),
    deposited_at: at.toISOString(),
  };
  const cashout = { next_cashout_date: nextMonday(at).toISOString() };
  return { ...payload, wallet: { ...objectAt(payload, 'wallet'), cashCycle, cashout } };
}

/** The same wallet once its batch is paid: the amount is the batch's, never the parcel's. */
export function paidOut(payload: Payload, at: Date): Payload {
  const wallet = objectAt(payload, 'wallet');
  const day = at.toISOString().slice(0, 10).replaceAll('-', '');
  const cashout = {
    transaction_id: `MONCOD${day}`,
    transaction_date: at.toISOString(),
    amount: `${10_000 + (at.getTime() % 90_000)}.00`,
  };
  return { ...payload, wallet: { ...wallet, cashout } };
}

function nextMonday(at: Date): Date {
  const days = (8 - at.getUTCDay()) % 7 || 7;
  return new Date(at.getTime() + days * 86_400_000);
}
