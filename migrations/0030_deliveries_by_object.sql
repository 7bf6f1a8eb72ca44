-- Deliveries are looked for by an id that stands in their event: the events with it are found by what they hold, and of an
-- endpoint the deliveries of those. An array of the values, because the same id stands under many names.
create index outbox_told on outbox using gin (jsonb_path_query_array(payload, '$.*') jsonb_path_ops);
create index webhook_delivery_event on webhook_delivery (endpoint_id, event_id);
