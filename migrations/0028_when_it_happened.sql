-- When the host says that it happened: events may come in any order, what is told of them is told in this one.
alter table inbox add column occurred_at timestamptz;
