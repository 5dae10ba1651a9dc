/** What messages and calls cost on each day: summed while their rows are here, and kept when those are gone. */
export const deliveryCosts = [
  `create table delivery_costs (
    day date not null,
    gateway text not null,
    kind text not null,
    currency text not null,
    sends integer not null,
    micros bigint not null,
    primary key (day, gateway, kind)
  )`,
];
