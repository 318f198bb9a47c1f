/** The product's mark: a trunk and what hangs on it. The same drawing as `mark.svg`. */
export const Mark = ({ size = 22 }: { size?: number }) => (
  <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden>
    <rect width="32" height="32" rx="7" fill="#0f5f86" />
    <path d="M5 11h22" stroke="#fff" strokeWidth="3" strokeLinecap="round" />
    <path d="M10 11v8M16 11v12M22 11v8" stroke="#9fd8f2" strokeWidth="2" strokeLinecap="round" />
    <circle cx="10" cy="20.5" r="2.5" fill="#fff" />
    <circle cx="16" cy="24" r="2.5" fill="#fff" />
    <circle cx="22" cy="20.5" r="2.5" fill="#fff" />
  </svg>
);
