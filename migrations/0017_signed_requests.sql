-- Keys whose every request has to be signed: the secret, sealed as those of webhooks are.
alter table api_key add column signing_secret text;

-- Ids of signed requests that were let in, for as long as their signature holds: the same one is not let in again.
create table api_message (
  key_id text not null references api_key (id),
  message_id text not null,
  at timestamptz not null,
  primary key (key_id, message_id)
);
create index api_message_at on api_message (at);
