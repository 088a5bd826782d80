/** Key of the module in the container. */
export const PRIVACY_MODULE = "privacy"
