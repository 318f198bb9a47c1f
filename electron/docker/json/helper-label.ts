/** On every helper container; its value is the task. What bears it is hidden from the inventory. */
export const HELPER_LABEL = 'io.trunkline.helper';

/** When a helper that is still there can only be a leftover, milliseconds since the epoch by the console's clock. */
export const HELPER_UNTIL_LABEL = 'io.trunkline.helper.until';

/** Which run of the console a helper belongs to; absent on all others. */
export const HELPER_RUN_LABEL = 'io.trunkline.helper.run';
