namespace RnnGen.Aot.Tests.Infrastructure;

/// <summary>
/// Which tests go one after the other: each waits for a compiler, and what is published is shared. Two such rows side by side keep two cores busy; more would
/// only wait for each other.
/// </summary>
public static class AotCollection
{
    /// <summary>Tests about programs, and about what the build says.</summary>
    public const string Programs = "Programs";

    /// <summary>Tests about libraries and their callers, those that compare results, and others that make the two rows equally long.</summary>
    public const string Libraries = "Libraries";

    [CollectionDefinition(Programs)]
    public sealed class OfPrograms : ICollectionFixture<TemporaryFolder>;

    [CollectionDefinition(Libraries)]
    public sealed class OfLibraries : ICollectionFixture<TemporaryFolder>;
}
