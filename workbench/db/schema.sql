-- one database, four processes. run on an empty one, then seed.sql

create sequence basket_no start 5001;
create sequence order_no start 100001;

-- shop -------------------------------------------------------------------

create table yarns (
  sku text primary key,
  slug text not null unique,
  name text not null,
  fibre text not null,
  grams integer not null,
  hand_dyed boolean not null default false,
  listed boolean not null default true,
  almost_gone boolean not null default false   -- written by the warehouse
);

create table prices (
  sku text not null references yarns,
  valid_from date not null,
  cents integer not null,
  primary key (sku, valid_from)
);

create table discounts (
  sku text primary key references yarns,
  kind text not null,                          -- 'percent' | 'three-for-two'
  value integer not null default 0
);

create table shipping_rates (max_grams integer primary key, cents integer not null);
create table settings (name text primary key, value text not null);

create table baskets (id text primary key, order_id text);

create table basket_items (
  basket_id text not null references baskets,
  sku text not null references yarns,
  quantity integer not null,
  primary key (basket_id, sku)
);

create table orders (
  id text primary key,
  basket_id text,                              -- null for the ones from the old shop
  email text not null,
  subtotal integer not null,
  discount integer not null,
  shipping integer not null,
  vat integer not null,
  total integer not null,
  state text not null default 'placed',        -- 'placed' | 'dispatched' | 'cancelled'
  created_at timestamptz not null default now()
);

create table order_items (
  order_id text not null references orders,
  sku text not null references yarns,
  quantity integer not null,
  cents integer not null,
  primary key (order_id, sku)
);

create table payment_attempts (
  id serial primary key,
  order_id text not null,                      -- no fk, the order comes later or never
  attempt integer not null,
  state text not null default 'started',       -- 'started' | 'approved' | 'declined'
  created_at timestamptz not null default now()
);

create table mails (
  id serial primary key,
  order_id text not null,
  kind text not null,                          -- 'confirmation' | 'notice'
  recipient text not null,
  message text not null
);

create table loyalty_points (email text primary key, points integer not null);
create table loyalty_ledger (id serial primary key, order_id text not null, email text not null, points integer not null);

create table bestsellers (sku text primary key, sold integer not null);
create table bestseller_events (id serial primary key, order_id text not null, sku text not null, quantity integer not null);
create table pick_list (id serial primary key, order_id text not null, sku text not null, quantity integer not null);

-- audit (tax office, 2017). every entry carries a seal over the one before it, and the
-- consultant wanted the seal to be slow to forge, so it is slow.
create table audit_log (id serial primary key, order_id text not null, entry text not null, seal text);
create table audit_counters (kind text primary key, entries integer not null, last_order text);

create function seal_audit_entry() returns trigger as $$
declare
  seal text;
begin
  select a.seal into seal from audit_log a order by a.id desc limit 1;
  seal := coalesce(seal, '');
  for i in 1..6000 loop
    seal := md5(seal || new.order_id || new.entry);
  end loop;
  new.seal := seal;
  return new;
end
$$ language plpgsql;

create trigger seal before insert on audit_log for each row execute function seal_audit_entry();

-- warehouse --------------------------------------------------------------

create table stock (
  sku text not null,                           -- not all of them are yarns, see the cellar
  lot text not null,
  on_hand integer not null check (on_hand >= 0),
  primary key (sku, lot)
);

-- no fk on order_id: we are asked before the shop has committed the order
create table reservations (
  id serial primary key,
  order_id text not null,
  sku text not null,
  lot text not null,
  quantity integer not null
);

create table stock_movements (id serial primary key, sku text not null, quantity integer not null, reason text not null);

create table stock_reports (
  id serial primary key,
  sku text not null,
  lot text not null,
  on_hand integer not null,
  reserved integer not null,
  restocked integer not null
);

-- payments ---------------------------------------------------------------

create table charges (
  id serial primary key,
  reference text not null unique,
  amount integer not null,
  state text not null,                         -- 'approved' | 'declined' | 'refunded'
  reason text,
  asked_at timestamptz not null,
  answered_at timestamptz not null
);

-- worker -----------------------------------------------------------------

create table jobs (
  id serial primary key,
  kind text not null,
  payload jsonb not null default '{}',
  state text not null default 'queued',        -- 'queued' | 'done' | 'failed'
  attempts integer not null default 0,
  run_at timestamptz not null default now(),
  last_error text
);
