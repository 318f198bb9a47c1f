export interface HelperOutput {
  stdout: string;
  stderr: string;
  exitCode: number;
}

export const done = (stdout = ''): HelperOutput => ({ stdout, stderr: '', exitCode: 0 });
export const failed = (stderr: string): HelperOutput => ({ stdout: '', stderr: `${stderr}\n`, exitCode: 1 });
