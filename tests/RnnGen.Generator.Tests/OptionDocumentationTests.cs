using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests;

/// <summary>What an editor shows: of an option what it does and its default, of a network its shapes and what it costs.</summary>
public sealed class OptionDocumentationTests
{
    private static readonly Dictionary<string, string> Summaries = XDocument.Load(Path.ChangeExtension(typeof(NetworkAttribute).Assembly.Location, ".xml"))
        .Descendants("member").ToDictionary(member => member.Attribute("name")!.Value, member => member.Element("summary")?.ToString() ?? "");

    public static TheoryData<string> Options =>
    [
        .. typeof(NetworkAttribute).Assembly.GetTypes().Where(type => type.IsPublic && type.IsAssignableTo(typeof(Attribute)))
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(option => option.SetMethod is { IsPublic: true }).Select(option => $"P:{option.DeclaringType!.FullName}.{option.Name}"),
    ];

    [Theory]
    [MemberData(nameof(Options))]
    public void An_option_says_its_default(string option) =>
        Assert.Matches("unless (set|given)|by default|Left out|has the defaults", Regex.Replace(Summaries[option], @"\s+", " "));

    [Fact]
    public void A_network_says_its_shapes_and_what_it_costs()
    {
        string network = "[RnnGen.Network(20)] [RnnGen.Lstm(64)] [RnnGen.LastStep] [RnnGen.Dense(10)] public sealed partial class Net;";
        string shown = Summary(GeneratorRun.Of(network).AssertCompiles());
        Assert.Contains("20 features per time step → 10 outputs per sequence", shown, StringComparison.Ordinal);
        Assert.Contains("lstm0: Lstm, 20 → 64", shown, StringComparison.Ordinal);
        Assert.Matches("22666 parameters. One step: 22144 multiply-adds on [0-9]+ bytes of weights", shown);
    }

    [Fact]
    public void The_users_own_words_come_first()
    {
        string network = "/// <summary>Mine.</summary>\n[RnnGen.Network(20)] [RnnGen.Lstm(64)] public sealed partial class Net;";
        var run = GeneratorRun.Of(network).AssertCompiles();
        Assert.Equal("<summary>Mine.</summary>", Summary(run));
        Assert.Contains("One step: ", run.Output.GetTypeByMetadataName("Net")!.GetDocumentationCommentXml(), StringComparison.Ordinal);
    }

    private static string Summary(GeneratorRun run) =>
        Assert.Single(XElement.Parse(run.Output.GetTypeByMetadataName("Net")!.GetDocumentationCommentXml()!).Elements("summary")).ToString();
}
