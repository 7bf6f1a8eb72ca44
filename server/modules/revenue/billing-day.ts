const formats = new Map<string, Intl.DateTimeFormat>();

/** The calendar day (2027-01-31) of a moment in the provider's billing zone (pricing.md rule 27). */
export function billingDay(at: Date, zone: string): string {
  // Making a format costs more than booking a line with it; there are few zones.
  let format = formats.get(zone);
  if (!format) {
    // en-CA writes year-month-day; Intl knows daylight saving, offsets by hand do not.
    format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formats.set(zone, format);
  }
  return format.format(at);
}
