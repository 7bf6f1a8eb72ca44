#!/usr/bin/env bash
# A reseller buys a VPS with extra memory and two extra IPs, in the host's shop and for a customer from the portal. Both
# invoices show wholesale, and paying them moves the revenue. Uses curl, and Node to read JSON.
#
#   npm start                      (in another terminal; then)
#   bash test/acceptance/shop.sh   (DATA_DIR, PORT and SANDBOX_PORT as for npm start)
set -euo pipefail
data=${DATA_DIR:-./.data}
shop=http://127.0.0.1:${SANDBOX_PORT:-3901}
service=http://127.0.0.1:${PORT:-3900}

json() { node -p "const d = JSON.parse(require('fs').readFileSync(0, 'utf8')); $1"; }
demo() { json "d.$1" <"$data/demo.json"; }
say() { printf '%s\n' "$*"; }
same() { # what, wanted, seen
  if [ "$2" != "$3" ]; then say "FAILED $1: wanted $2, saw $3"; exit 1; fi
  say "ok     $1: $3"
}

order='{"format":"order/1","currency":"USD","lines":[{"product":"vps-s","term":"1M","quantity":1,"options":{"ram":"8g","ip":2}}]}'
session() { # email, password
  curl -sf "$shop/api/session" -H 'content-type: application/json' -d "{\"email\":\"$1\",\"password\":\"$2\"}" | json d.token
}
token=$(session "$(demo reseller.email)" "$(demo reseller.password)")
as_reseller() { curl -sf -H "authorization: Bearer $token" -H 'content-type: application/json' "$@"; }

# The portal's screens speak to the service with a session that the host mints.
portal=$(as_reseller "$shop/reseller/token" -d '{"portal":"client"}' | json d.token)
query() { # procedure, input
  curl -sfG -H "authorization: Bearer $portal" "$service/trpc/$1" --data-urlencode "input=$2" | json 'JSON.stringify(d.result.data)'
}
mutate() { curl -sf -H "authorization: Bearer $portal" -H 'content-type: application/json' "$service/trpc/$1" -d "$2" | json 'JSON.stringify(d.result.data)'; }
revenue() { query revenue.summary '{"days":366}' | json '(d.totals.find((t) => t.currency === "USD") || { amount: "0.00" }).amount'; }
settled() { # wanted revenue in cents: events travel in the background
  for _ in $(seq 1 50); do
    [ "$(revenue | tr -d .)" -eq "$1" ] && return 0
    sleep 0.2
  done
}
before=$(revenue | tr -d .)

say '1. In the host’s own shop'
bought=$(as_reseller "$shop/api/checkout" -d "$order")
invoice=$(json d.invoiceId <<<"$bought")
same 'total of the checkout' 17.40 "$(json d.total <<<"$bought")"
same 'total of the invoice' 17.40 "$(as_reseller "$shop/api/invoices/$invoice" | json d.total)"

say '2. For a customer, from the portal'
customer=$(query customers.list '{}' | json 'd.rows[0].id')
lines=$(json 'JSON.stringify(d.lines)' <<<"$order")
quote=$(query quotes.create "{\"currency\":\"USD\",\"lines\":$lines}" | json d.quote)
placed=$(mutate orders.place "{\"currency\":\"USD\",\"lines\":$lines,\"quote\":\"$quote\",\"customerId\":\"$customer\",\"idempotencyKey\":\"acceptance-$RANDOM-$$\"}")
same 'state of the order' pending "$(json d.status <<<"$placed")"
second=$(json d.hostInvoiceId <<<"$placed")
same 'total of its invoice' 17.40 "$(as_reseller "$shop/api/invoices/$second" | json d.total)"

say '3. Paying moves the revenue'
for one in "$invoice" "$second"; do as_reseller "$shop/api/invoices/$one/pay" -d '{}' >/dev/null; done
settled $((before + 3480))
same 'revenue gained, in cents' 3480 "$(($(revenue | tr -d .) - before))"

say '4. An ordinary client pays retail'
token=$(session "$(demo client.email)" "$(demo client.password)")
same 'total of the checkout' 20.50 "$(as_reseller "$shop/api/checkout" -d "$order" | json d.total)"
say 'All as it should be.'
