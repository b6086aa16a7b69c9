using System.Text.RegularExpressions;
using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests.Documentation;

/// <summary>Commands and project files on the pages name the version that the packages have.</summary>
public sealed partial class VersionTests
{
    [Fact]
    public void Pages_name_the_version_of_the_packages()
    {
        string version = Version().Match(Repository.Read("Directory.Build.props")).Groups[1].Value;
        string[] named = [.. Pages.All.SelectMany(page => Named().Matches(Pages.Read(page)).Select(match => match.Groups[1].Value))];
        Assert.NotEmpty(named);
        Assert.All(named, other => Assert.Equal(version, other));
    }

    [GeneratedRegex("<Version>(.*)</Version>")]
    private static partial Regex Version();

    [GeneratedRegex("RnnGen(?: --version |\" Version=\")([0-9.]+)")]
    private static partial Regex Named();
}
