/** How often each difficulty occurs, 0 to 1; docs/families.md lists them. */
export type Shares = {
  /** Two people of a household order under one phone. */
  family_phone: number;
  /** An after-sales order's phone has one digit wrong, or two swapped. */
  wrong_digit: number;
  /** The same of customers who bought more than once, besides. */
  wrong_digit_of_regular: number;
  /** It has a digit too few or too many. */
  digit_count: number;
  /** The phone of a sale has a typist's slip of either kind. */
  wrong_phone_of_sale: number;
  /** A customer has a second phone, which the main or the sub-order goes by. */
  second_phone: number;
  /** The second phone of a customer is a relative's, who orders under it too. */
  relatives_phone: number;
  /** Phones of customers follow each other, so that a slip leads to another customer. */
  phones_in_a_row: number;
  /** A customer buys again: the chance of each further purchase, up to four. */
  buys_again: number;
  /** A further purchase is the same product again. */
  same_product_again: number;
  /** A further purchase is made on the same day. */
  same_day: number;
  /** A sale was refused at the door before, and sent once more. */
  refused_before: number;
  /** A sale holds two products, of which one comes back. */
  two_products: number;
  /** The customer buys products that the catalogue does not have. */
  unknown_products: number;
  /** An order reaches us long after its time. */
  arrives_late: number;
  /** Products come back at any age alike, not mostly in the first two months. */
  even_ages: number;
  /** The after-sales order names the product otherwise: another language, short, a part of it. */
  other_product_name: number;
  /** It names no product. */
  no_product: number;
  /** Where its words leave it open, it belongs to the last sale before it that they fit, as the rule has it; else to any. */
  rule_decides: number;
  /** It misspells the kind: a letter wrong, two words in one, or by sound ("blendr", "Doughkneader", "khalat"). */
  misspelt_product: number;
  /** It names a wrong one. */
  wrong_product: number;
  /** An exchange brings another product than it takes back. */
  brings_another: number;
  /** It pays back the very price of a sale, while a newer one is nearer. */
  refund_of_older: number;
  /** It is under another name of the household, or nobody's. */
  other_name: number;
  /** No name stands on it. */
  no_name: number;
  /** The name is written in the other script. */
  other_script: number;
  /** The name is longer or shorter: with the father's, or the first alone. */
  other_length: number;
  /** The name is misspelt. */
  misspelt_name: number;
  /** The address is written otherwise: in the other script, in another order of its parts. */
  other_wording: number;
  /** The address is another one. */
  moved: number;
  /** The address is no more than the city. */
  no_place: number;
  /** Its notes name the main order's tracking number. */
  named_in_notes: number;
  /** Something is written onto the number, or into it ("AWB10000001", "10000001-1", "1000.00.01"). */
  attached_number: number;
  /** It bears the shop's number of its sale ("#44798-R"), while a newer one is nearer where there is one. */
  shop_number: number;
  /** Its notes name what was sent for the sale before: it belongs to that; or a pickup or a refund: then to the sale of this. */
  follows_replacement: number;
  /** A pickup's product is brought back some days later, by an order that names no number. */
  brought_back: number;
  /** It belongs to no order of ours: bought in a shop. */
  bought_elsewhere: number;
  /** It comes more than a year after its sale. */
  after_a_year: number;
  /** It stands under the shop's own number. */
  shop_phone: number;
};

/** What the weights were set against, all but the kinds misspelt, the exchanges for another, and the numbers and prices that name an older sale. */
export const usual: Shares = {
  ...{ family_phone: 0.06, wrong_digit: 0.02, digit_count: 0.01, wrong_phone_of_sale: 0.01 },
  ...{ wrong_digit_of_regular: 0.02 },
  ...{ second_phone: 0.15, relatives_phone: 0.02, phones_in_a_row: 0.2 },
  ...{ buys_again: 0.3, same_product_again: 0.05, same_day: 0.05, refused_before: 0.05 },
  ...{ two_products: 0.05, unknown_products: 0.1, arrives_late: 0.15, even_ages: 0.3 },
  ...{ other_product_name: 0.45, no_product: 0.1, rule_decides: 0.9, wrong_product: 0.005 },
  ...{ misspelt_product: 0.03, brings_another: 0.35, refund_of_older: 0.05 },
  ...{ other_name: 0.04, no_name: 0.02, other_script: 0.15, other_length: 0.15 },
  ...{ misspelt_name: 0.05, other_wording: 0.2, moved: 0.05, no_place: 0.05 },
  ...{ attached_number: 0.3, shop_number: 0.05 },
  ...{ named_in_notes: 0.08, follows_replacement: 0.02, brought_back: 0.5 },
  ...{ bought_elsewhere: 0.04, after_a_year: 0.02, shop_phone: 0.005 },
};

/** The same difficulties, other shares: what the weights were not set against. */
export const others: Record<string, Shares> = {
  usual,
  families: {
    ...{ ...usual, family_phone: 0.25, relatives_phone: 0.1, other_name: 0.08 },
    ...{ second_phone: 0.3, no_name: 0.05 },
  },
  careless: {
    ...{ ...usual, wrong_digit: 0.05, digit_count: 0.02, no_product: 0.2, other_script: 0.3 },
    ...{ misspelt_name: 0.15, no_name: 0.05, other_wording: 0.5, no_place: 0.15 },
    ...{ arrives_late: 0.4, misspelt_product: 0.1, attached_number: 0.6 },
  },
  loyal: {
    ...{ ...usual, buys_again: 0.6, other_product_name: 0.7 },
    ...{ refund_of_older: 0.1, wrong_digit_of_regular: 0.05 },
  },
  shops: { ...usual, bought_elsewhere: 0.1, after_a_year: 0.05, shop_phone: 0.01 },
  any_sale: { ...usual, rule_decides: 0 },
  strange: {
    ...{ ...usual, phones_in_a_row: 1, unknown_products: 1, even_ages: 1, other_wording: 0.6 },
    ...{ wrong_digit: 0.05, other_script: 0.4 },
  },
};
