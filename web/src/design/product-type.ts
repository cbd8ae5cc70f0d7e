/** Type of what is dragged from the catalogue. */
export const PRODUCT_TYPE = 'application/x-anyplug-product'
