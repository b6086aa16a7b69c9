using RnnGen.Generator.Tests.Infrastructure;
using Xunit.Sdk;

namespace RnnGen.Generator.Tests;

/// <summary>The snapshot adapter fails when it must, says what differs, and accepts nothing by itself.</summary>
public sealed class SnapshotTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rnngen-snapshots-");

    private string Stem => Path.Combine(_folder.FullName, "Type.Method_case");

    private string Verified => Stem + ".verified.cs";

    private string Received => Stem + ".received.cs";

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void What_was_never_accepted_fails_and_is_kept_for_review()
    {
        Assert.Throws<FailException>(() => Snapshot.Compare("a\nb", Stem, "cs", accept: false));

        Assert.Equal("a\nb", File.ReadAllText(Received));
        Assert.False(File.Exists(Verified));
    }

    [Fact]
    public void A_difference_fails_with_the_lines_that_changed()
    {
        File.WriteAllText(Verified, "1\n2\n3\n4\n5\n6\n7\n8\n9");

        var failure = Assert.Throws<FailException>(() => Snapshot.Compare("1\n2\n3\n4\n5\nsix\n7\n8\n9", Stem, "cs", accept: false));

        Assert.EndsWith("  3\n  4\n  5\n- 6\n+ six\n  7\n  8\n  9\n", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("  2\n", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_text_passes_whatever_its_line_ends_and_removes_what_a_failure_left()
    {
        File.WriteAllText(Verified, "a\r\nb\r\n");
        File.WriteAllText(Received, "old");

        Snapshot.Compare("a\nb", Stem, "cs", accept: false);

        Assert.False(File.Exists(Received));
    }

    [Fact]
    public void Accepting_writes_what_came()
    {
        File.WriteAllText(Verified, "old");

        Snapshot.Compare("new", Stem, "cs", accept: true);

        Assert.Equal("new", File.ReadAllText(Verified));
    }

    [Theory]
    [InlineData("[GeneratedCode(\"RnnGen.Generator\", \"1.2.3.0\")]\r\n", "[GeneratedCode(\"RnnGen.Generator\", \"{version}\")]")]
    [InlineData(" * Written by RnnGen.Generator 1.2.3; changes are lost.\n", " * Written by RnnGen.Generator {version}; changes are lost.")]
    public void The_version_does_not_show(string text, string expected) => Assert.Equal(expected, Snapshot.Scrub(text));
}
