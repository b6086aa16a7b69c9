namespace RnnGen.Aot.Tests.Infrastructure;

/// <summary>All tests, one after the other: each waits for a compiler that uses every core, and what is published is shared.</summary>
[CollectionDefinition(Name)]
public sealed class AotCollection : ICollectionFixture<TemporaryFolder>
{
    /// <summary>What every class of tests is marked with.</summary>
    public const string Name = "NativeAOT";
}
