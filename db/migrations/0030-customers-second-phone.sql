-- A customer is found by the second phone of any order of theirs, and that stands in the orders.
drop index customers_by_second_phone;
