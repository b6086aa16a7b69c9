namespace RnnGen.Cli.Verification;

/// <summary>What a verification found.</summary>
/// <param name="LargestDifference">Between the compiled network and double precision, on random inputs; relative beyond a magnitude of 1.</param>
/// <param name="Recordings">Recorded inputs that were compared.</param>
/// <param name="LargestRecordedDifference">Between the compiled network and recorded outputs.</param>
internal sealed record VerificationReport(double LargestDifference, int Recordings, double LargestRecordedDifference)
{
    /// <summary>As a sentence.</summary>
    public override string ToString() => Recordings == 0
        ? FormattableString.Invariant($"Verified on random inputs: within {LargestDifference:G2} of double precision.")
        : FormattableString.Invariant($"Verified: within {LargestDifference:G2} of double precision on random inputs, within {LargestRecordedDifference:G2} of {Recordings} recorded outputs.");
}
