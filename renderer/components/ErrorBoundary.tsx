import { Component } from 'react';

interface Props {
  /** Shown in place of what broke. */
  fallback: (error: Error, reset: () => void) => React.ReactNode;
  children: React.ReactNode;
}

/** Keeps a defect in one view from taking the whole window down. */
export class ErrorBoundary extends Component<Props, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    return error ? this.props.fallback(error, () => this.setState({ error: null })) : this.props.children;
  }
}
