namespace RnnGen.Aot.Tests.Build;

/// <summary>Cleaning a project takes away what publishing it left.</summary>
[Collection(AotCollection.Programs)]
public sealed class CleanTests
{
    [SkippableFact]
    public void No_native_file_outlives_a_clean()
    {
        Skip.IfNot(SlowTests.Run, SlowTests.WhyNot);
        string artifacts = TemporaryFolder.Shared("artifacts-Levels");
        Publication.UpToNativeCode("Levels", "-p:RnnGenTarget=portable", "-t:_RnnGenWriteNativeFiles").Succeeded();
        Assert.NotEmpty(Find(artifacts));
        Publication.UpToNativeCode("Levels", "-p:RnnGenTarget=portable", "-t:Clean").Succeeded();
        Assert.Empty(Find(artifacts));
    }

    private static IEnumerable<string> Find(string folder) =>
        Directory.EnumerateFiles(folder, "levels*", SearchOption.AllDirectories).Where(file => file.EndsWith(".native.g.cs", StringComparison.Ordinal)
            || file.EndsWith("levels.h", StringComparison.Ordinal) || file.Contains("x86-64-v", StringComparison.Ordinal));
}
