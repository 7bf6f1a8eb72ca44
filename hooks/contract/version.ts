/**
 * Version of the contract between a host's bridge and the plugin (semver, apart from the plugin's own version).
 * Within a major only optional fields are added; receivers ignore fields they do not know.
 */
export const CONTRACT_VERSION = '1.0';

/** Majors this plugin understands, newest first. */
export const ACCEPTED_MAJORS = ['1'] as const;

/** True if a message that states `version` can be read here. */
export function isAcceptedVersion(version: string): boolean {
  return ACCEPTED_MAJORS.some((major) => version === major || version.startsWith(`${major}.`));
}
