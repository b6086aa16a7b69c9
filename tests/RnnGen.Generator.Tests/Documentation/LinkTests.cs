using System.Text.RegularExpressions;
using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests.Documentation;

/// <summary>Every relative link of the documentation leads to a file, and to a heading of it where it names one.</summary>
public sealed partial class LinkTests
{
    public static TheoryData<string> Names => [.. Pages.All];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_link_leads_somewhere(string page)
    {
        string text = Fences().Replace(Pages.Read(page), "");
        string[] broken = [.. Links().Matches(text).Select(link => link.Groups[1].Value.Trim()).Where(target => !Leads(page, target))];
        Assert.Empty(broken);
    }

    [Fact]
    public void Every_page_of_the_site_is_in_a_table_of_contents()
    {
        string[] listed = [.. Directory.GetFiles(Repository.PathOf("docs"), "toc.yml", SearchOption.AllDirectories)
            .Where(file => !file.Contains(Path.Combine("reference", "api"), StringComparison.Ordinal))
            .SelectMany(file => Entries().Matches(File.ReadAllText(file)).Select(entry => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, entry.Groups[1].Value))))];
        Assert.All(Pages.All.Where(page => page.StartsWith("docs/", StringComparison.Ordinal)), page => Assert.Contains(Path.GetFullPath(Repository.PathOf(page.Split('/'))), listed));
        Assert.All(listed, file => Assert.True(File.Exists(file), file));
    }

    private static bool Leads(string page, string target)
    {
        if (target.StartsWith("https://", StringComparison.Ordinal))
            return true;
        string[] parts = target.Split('#', 2);
        string file = parts[0].Length == 0 ? Repository.PathOf(page.Split('/')) : Path.Combine(Path.GetDirectoryName(Repository.PathOf(page.Split('/')))!, parts[0]);
        if (parts.Length == 1 || !file.EndsWith(".md", StringComparison.Ordinal))
            return File.Exists(file) || Directory.Exists(file) || file.Contains(Path.Combine("reference", "api"), StringComparison.Ordinal);
        return File.Exists(file) && Headings().Matches(Fences().Replace(File.ReadAllText(file).ReplaceLineEndings("\n"), "")).Any(heading => Anchor(heading.Groups[1].Value) == parts[1]);
    }

    /// <summary>The anchor that GitHub and DocFX give a heading.</summary>
    private static string Anchor(string heading) => NotOfAnchors().Replace(heading.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex("^```.*?^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fences();

    [GeneratedRegex(@"(?:\]\(|^\[[^\]]+\]: )([^()\s]+)", RegexOptions.Multiline)]
    private static partial Regex Links();

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Headings();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotOfAnchors();

    [GeneratedRegex(@"href: (\S+\.md)\s*$", RegexOptions.Multiline)]
    private static partial Regex Entries();
}
