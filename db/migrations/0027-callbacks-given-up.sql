-- What is still to be read back or was given up, by its delivery: a read settles both.
create index callbacks_left on bosta_callbacks (tracking_number) where processed_at is null;
