/** The plugin's id: audience of session tokens, id in the manifest. */
export const PLUGIN_ID = 'com.reseller-plugin';
