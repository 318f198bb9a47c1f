/** Of links by which hosts reach their own containers: see {@link noticeTexts}. */
export const shimNotices = {
  shim_stays: {
    severity: 'warning',
    message:
      'The way from {{host}} to its containers on {{network}} stays: the link {{link}} keeps {{address}} on the LAN. Remove the way as well, before or after this.',
  },
  shim_unkept: {
    severity: 'warning',
    message:
      'This console does not keep the link {{link}} on {{host}}. An earlier change that was cut off may have left it there; or another console keeps it, and will put it back.',
    when: {
      shared: {
        message:
          'The link {{link}} is on {{host}} already, for the same address: another console may keep it, too.',
      },
      others: {
        message:
          'The link {{link}} on {{host}} is there for another address, and stays: another console may keep it.',
      },
    },
  },
} as const;
