/** The calendar day (2027-01-31) of a moment in the provider's billing zone (pricing.md rule 27). */
export function billingDay(at: Date, zone: string): string {
  // en-CA writes year-month-day; Intl knows daylight saving, offsets by hand do not.
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    at,
  );
}
