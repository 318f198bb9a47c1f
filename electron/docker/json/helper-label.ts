/** On every helper container; its value is the task. What bears it is hidden from the inventory. */
export const HELPER_LABEL = 'io.trunkline.helper';

/** How long after its start a helper that still runs can only be a leftover, milliseconds. */
export const HELPER_LIMIT_LABEL = 'io.trunkline.helper.limit';

/** On helpers that go on until they are removed: what each was made for, as JSON. No sweep takes them. */
export const HELPER_KEPT_LABEL = 'io.trunkline.helper.kept';

/** Which run of the console a helper belongs to; absent on all others. */
export const HELPER_RUN_LABEL = 'io.trunkline.helper.run';
