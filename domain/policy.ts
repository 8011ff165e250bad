import { type Piastres, piastres } from './money.ts';

/**
 * The thresholds of the business. A case is given the policy in force when it
 * opens and keeps it; changing the policy later changes no open case.
 */
export type Policy = {
  version: number;
  review: {
    /** A score of this or less is always reviewed (domain.md, "Review"). */
    max_score: number;
  };
  waits: {
    pickup_not_collected_hours: number;
    not_at_hub_hours: number;
    review_hours: number;
    bench_idle_hours: number;
    refund_hours: number;
    delivery_hours: number;
    /** Bosta answers in seconds; absent in a policy from before it had this, which goes by the default. */
    bosta_answer_hours?: number;
  };
  courier: {
    /** How many exceptions (47) of a return are borne before an agent decides. */
    max_return_exceptions: number;
  };
  fees: {
    labor: Piastres;
    return_fee: Piastres;
  };
  classification: {
    /** Delivered with more than this is a sale (domain.md, "Classification" 4). */
    sale_above: Piastres;
    high_value_from: Piastres;
    medium_from: Piastres;
  };
  linking: {
    within_days: number;
    /** Links below this confidence wait for a person. */
    min_confidence: number;
    /** A phone that more orders share than this is a shop's own and joins nobody; a number that more name, by which none is meant, neither. */
    max_orders_per_phone: number;
    /** A shop's number that more sales bear than one and its repetitions is all of that shop's, and names none. */
    max_sales_per_number: number;
  };
  customers: {
    problematic_return_rate: number;
    problematic_min_orders: number;
    vip_orders: number;
    vip_value: Piastres;
    regular_orders: number;
    high_risk_return_rate: number;
    medium_risk_return_rate: number;
  };
  limits: { max_cod: Piastres };
  warranty_months: number;
  low_stock_at: number;
};

/** Today's defaults (domain.md, "Rules"; hub-practice.md, "Money"). */
export const defaultPolicy = {
  version: 1,
  review: { max_score: 3 },
  waits: {
    pickup_not_collected_hours: 72,
    not_at_hub_hours: 336,
    review_hours: 4,
    bench_idle_hours: 48,
    refund_hours: 24,
    delivery_hours: 168,
    bosta_answer_hours: 1,
  },
  courier: { max_return_exceptions: 3 },
  fees: { labor: piastres(50_00), return_fee: piastres(25_00) },
  classification: {
    sale_above: piastres(500_00),
    high_value_from: piastres(1_000_00),
    medium_from: piastres(500_00),
  },
  linking: {
    within_days: 365,
    min_confidence: 0.8,
    max_orders_per_phone: 60,
    max_sales_per_number: 10,
  },
  customers: {
    problematic_return_rate: 30,
    problematic_min_orders: 2,
    vip_orders: 10,
    vip_value: piastres(5_000_00),
    regular_orders: 3,
    high_risk_return_rate: 30,
    medium_risk_return_rate: 15,
  },
  limits: { max_cod: piastres(30_000_00) },
  warranty_months: 12,
  low_stock_at: 5,
} satisfies Policy;
