import { useEffect } from 'preact/hooks';

/** Has the browser ask, in words of its own, before the page is closed or loaded again while something would be lost. */
export function useLeaveQuestion(isLoss: boolean): void {
  useEffect(() => {
    if (!isLoss) return undefined;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [isLoss]);
}
