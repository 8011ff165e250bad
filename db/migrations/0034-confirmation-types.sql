-- What the hub looks for by the type of the case (domain/confirmation.ts): until now a repair was
-- confirmed as a product that its customer gives back.
update hub_confirmation_workflow h set confirmation_type = 'maintenance_verification'
  from service_actions a
  where a.action_id = h.action_id and a.action_type in ('maintenance', 'replace_part');
