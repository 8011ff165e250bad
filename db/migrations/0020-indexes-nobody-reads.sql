-- Nothing looks orders up by their reference or product, a case's messages by the case, or
-- sessions by their user: every write kept these in order for nobody. One that such a question
-- needs is made with it.
drop index orders_by_business_reference;
drop index orders_of_a_product;
drop index messages_of_a_case;
drop index sessions_of_a_user;
