/** The order of the documents: VPS S with 8 GB and two extra IPs: at 20 % off 12.40 recurring and 17.40 due now. */
export const vpsLine = { product: 'vps-s', term: '1M', quantity: 1, options: { ram: '8g', ip: 2 } };
export const VPS_RECURRING = '12.40';
export const VPS_DUE = '17.40';
