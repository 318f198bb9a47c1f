/** Why what an engine answered can’t be read. */
export const answerReasons = {
  answer_json: 'its JSON is broken',
  answer_deep: 'its JSON is nested beyond measure',
  answer_list: 'a list belongs here, but it is none',
  answer_id: 'it has no id',
  answer_long_id: 'its id is far longer than any',
  answer_version: 'it is not what an engine says of its version',
  answer_event: 'an event in it is broken',
  answer_network: 'a network was made, but has no id',
} as const;
