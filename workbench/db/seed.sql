insert into yarns (sku, slug, name, fibre, grams, hand_dyed) values
  ('A-MERINO-DROP', 'merino-drop', 'Merino Drop No. 9', 'merino', 100, false),
  ('B-ALPACA-FOG', 'alpaca-fog', 'Alpaca Fog', 'alpaca', 50, false),
  ('B-ALPACA-RUST', 'alpaca-rust', 'Alpaca Rust', 'alpaca', 50, false),
  ('C-COTTON-ECRU', 'cotton-ecru', 'Cotton Ecru', 'cotton', 50, false),
  ('C-COTTON-INDIGO', 'cotton-indigo', 'Cotton Indigo', 'cotton', 50, false),
  ('C-COTTON-MINT', 'cotton-mint', 'Cotton Mint', 'cotton', 50, false),
  ('D-DONEGAL-MOSS', 'donegal-moss', 'Donegal Moss', 'wool', 100, false),
  ('D-DONEGAL-PEAT', 'donegal-peat', 'Donegal Peat', 'wool', 100, false),
  ('H-DYED-DUSK', 'dusk', 'Hand-dyed Dusk', 'merino', 100, true),
  ('H-DYED-EMBER', 'ember', 'Hand-dyed Ember', 'merino', 100, true),
  ('H-DYED-LAGOON', 'lagoon', 'Hand-dyed Lagoon', 'merino', 100, true),
  ('J-JUTE-PLAIN', 'jute-plain', 'Jute Plain', 'jute', 200, false),
  ('L-LINEN-FLAX', 'linen-flax', 'Linen Flax', 'linen', 100, false),
  ('L-LINEN-SALT', 'linen-salt', 'Linen Salt', 'linen', 100, false),
  ('M-MOHAIR-BLUSH', 'mohair-blush', 'Kid Mohair Blush', 'mohair', 25, false),
  ('M-MOHAIR-SMOKE', 'mohair-smoke', 'Kid Mohair Smoke', 'mohair', 25, false),
  ('R-RAMBOUILLET', 'rambouillet', 'Rambouillet', 'wool', 100, false),
  ('S-SHETLAND-GREY', 'shetland-grey', 'Shetland Grey', 'wool', 50, false),
  ('S-SHETLAND-RED', 'shetland-red', 'Shetland Red', 'wool', 50, false),
  ('S-SILK-PEARL', 'silk-pearl', 'Silk Pearl', 'silk', 50, false),
  ('S-SOCK-CONFETTI', 'sock-confetti', 'Sock Confetti', 'wool', 100, false),
  ('S-SOCK-NAVY', 'sock-navy', 'Sock Navy', 'wool', 100, false),
  ('T-TWEED-HEATHER', 'tweed-heather', 'Tweed Heather', 'wool', 100, false),
  ('Y-YAK-CHARCOAL', 'yak-charcoal', 'Yak Charcoal', 'yak', 50, false);

-- two prices each, the older one stays for the accountants
insert into prices (sku, valid_from, cents)
select sku, date '2023-01-01', 790 + 100 * ((row_number() over (order by sku))::int % 7) from yarns
union all
select sku, date '2026-03-01', 890 + 100 * ((row_number() over (order by sku))::int % 7) from yarns;
insert into prices values ('A-MERINO-DROP', '2026-11-01', 2400);

insert into discounts (sku, kind, value) values
  ('C-COTTON-ECRU', 'percent', 10),
  ('C-COTTON-INDIGO', 'percent', 10),
  ('C-COTTON-MINT', 'percent', 25),
  ('S-SOCK-CONFETTI', 'three-for-two', 0),
  ('S-SOCK-NAVY', 'three-for-two', 0);

insert into shipping_rates (max_grams, cents) values (500, 390), (2000, 590), (1000000, 990);
insert into settings (name, value) values ('vat_percent', '19'), ('free_shipping_from', '6000');

-- stock: the drop is one lot, all others come in three
insert into stock (sku, lot, on_hand) values ('A-MERINO-DROP', 'L1', 120);
insert into stock (sku, lot, on_hand)
select sku, 'L' || lot, 60 from yarns, generate_series(1, 3) as lot where sku <> 'A-MERINO-DROP';
-- nearly sold out, no new lots from the mill
update stock set on_hand = 0 where sku = 'M-MOHAIR-SMOKE';
update stock set on_hand = 2 where sku = 'M-MOHAIR-SMOKE' and lot = 'L3';
update stock set on_hand = 3 where sku = 'S-SILK-PEARL';
update yarns set almost_gone = true where sku = 'M-MOHAIR-SMOKE';

-- stocktake 2026-11: everything in the cellar has a row now, too
insert into stock (sku, lot, on_hand)
select 'Z-CELLAR-' || lpad(n::text, 3, '0'), 'L1', 1 + n % 9 from generate_series(1, 90) as n;

-- the last orders of the old shop
insert into orders (id, email, subtotal, discount, shipping, vat, total, state, created_at)
select 'P-0' || (99000 + n), 'customer' || (n % 12) || '@example.com', 1500 + 10 * n, 0, 390, 302, 1890 + 10 * n,
  case when n % 10 = 0 then 'cancelled' else 'dispatched' end,
  timestamptz '2026-10-01 09:00:00+00' + n * interval '11 hours'
from generate_series(1, 40) as n;
insert into order_items (order_id, sku, quantity, cents)
select 'P-0' || (99000 + n), y.sku, 1 + n % 3, 990
from generate_series(1, 40) as n
join (select sku, row_number() over (order by sku) as place from yarns) y on y.place = 2 + n % 20;

insert into audit_counters (kind, entries) values ('orders', 0);
