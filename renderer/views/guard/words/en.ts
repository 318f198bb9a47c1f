export default {
  section: 'Address guard',
  hint: 'Compose, an updater or docker run can make this container anew, and its address would be lost. Guarded, it gets it back.',
  guard: 'Guard…',
  release: 'Stop guarding',
  releaseOf: 'Stop guarding {{name}}',
  restore: 'Give it back',
  restoreAddress: 'Give back {{address}}',
  restoreOf: 'Give {{name}} back what is guarded',
  adopt: 'Guard it as it is now',
  adoptAddress: 'Guard {{address}} instead',
  adoptOf: 'Guard {{name}} as it is now',
  states: {
    kept: 'Guarded',
    restoring: 'Being given back…',
    away: 'No such container now. Trunkline gives its addresses to nobody else.',
    waiting: 'Waits for the host to answer',
    readOnly: 'This console only looks.',
    asked: 'Differs from what is guarded. Which is to count?',
    doubled: 'Two containers claim to be it. Remove one of them.',
    untold: 'It does not run, and its engine tells nothing of its addresses until it does.',
    barred: 'Its address is fixed for it, but another container has it now: it can’t start.',
    failed: 'Not given back yet; it is tried again.',
    stuck: 'Not given back. It failed several times, and is left alone now.',
  },
  news: {
    given: 'The address guard gave back',
    givenText: '{{name}} on {{host}} has {{addresses}} again.',
    look: 'The address guard needs you',
    show: 'Show',
  },
  knownAs: {
    compose: 'Known again as container {{number}} of {{service}} in the compose project {{project}}.',
    name: 'Known again by its name, {{name}}.',
  },
  difference: {
    missing: 'It is not on {{network}}, where {{kept}} is guarded.',
    automatic: 'It has {{actual}} on {{network}}, where {{kept}} is guarded.',
    automaticNone: '{{kept}} is no longer fixed on {{network}}.',
    other: 'It has {{actual}} fixed on {{network}}, where {{kept}} is guarded.',
    'no-network': 'The host has no network {{network}}.',
  },
  overview: 'Guarded containers',
  all: {
    open: 'Guard all…',
    openRelease: 'Stop guarding all…',
    count: '{{number}} of {{total}} containers are guarded.',
    title: 'Guard all on {{name}}',
    titleRelease: 'Stop guarding all on {{name}}',
    set: 'Containers that would be guarded: {{number}}. Each gets its addresses back whoever makes it anew.',
    release: 'Containers that are guarded: {{number}}. None of them gets its addresses back any more.',
    already: 'Guarded already: {{number}}. They stay as they are.',
    fixes:
      'Each is guarded with all of its networks. Automatic addresses are fixed at once: such a container is off that network for a moment.',
    stays: 'Their networks and addresses stay as they are now.',
    refused: 'Not guarded. All others are.',
    read: 'Close',
    apply: 'Guard all',
    applyRelease: 'Stop guarding all',
  },
  rivals: {
    winsHas:
      '{{container}} on {{host}} is guarded with {{address}}, too. This guard counts, since its container has the address. Stop one of the two guards.',
    winsOlder:
      '{{container}} on {{host}} is guarded with {{address}}, too. This guard counts, being the older one. Stop one of the two guards.',
    losesHas:
      '{{container}} on {{host}} is guarded with {{address}}, too. That guard counts, since its container has the address: nothing is given back here. Stop one of the two guards.',
    losesOlder:
      '{{container}} on {{host}} is guarded with {{address}}, too. That guard counts, being the older one: nothing is given back here. Stop one of the two guards.',
  },
  asGuarded: 'As guarded:',
  dialog: {
    title: 'Guard {{name}}',
    keeps: 'What comes back',
    on: 'on {{network}}',
    fixes: 'Automatic now. It is fixed at once: {{name}} is off {{network}} for a moment.',
    mac: 'Its MAC is another one each time: {{host}} can’t set one for a network.',
    when: 'It gets its addresses back as soon as the new container is seen: before it starts, where there is time between making and starting it, else within seconds. Until then it may have others.',
    interfaces:
      'Engines as that of {{host}} may give the interface another name when that is done while it runs.',
    range:
      'It lies in an automatic range: while the container is away, an engine may give it to another one.',
    running: 'Trunkline has to run for this. What happens while it doesn’t is put right when it is started.',
    nothing:
      '{{name}} has no address on a LAN that could be guarded. Attach it to a macvlan or ipvlan network first.',
    apply: 'Guard',
  },
};
