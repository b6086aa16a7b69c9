using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests;

/// <summary>Files of different networks never have one name, not even to a file system that ignores case.</summary>
public sealed class HintNameTests
{
    private const string Layers = "[RnnGen.Network(2)] [RnnGen.Gru(3)] ";

    [Theory]
    [InlineData("namespace A.B; @ partial class Net;", "A.B.Net")]
    [InlineData("@ partial class Net;", "Net")]
    [InlineData("partial class Outer<TKey, T> { @ partial class Net<U>; }", "Outer{TKey,T}.Net{U}")]
    [InlineData("namespace @event; @ partial class @class;", "event.class")]
    [InlineData("namespace Größe; @ partial class Сеть;", "Größe.Сеть")]
    public void Names_read_like_the_class(string source, string stem) =>
        Assert.All(Names(source), name => Assert.StartsWith(stem + ".", name, StringComparison.Ordinal));

    [Fact]
    public void Names_are_unique()
    {
        string[] sources =
        [
            "@ partial class Net;", "@ partial class net;", "@ partial class Net<T>;", "@ partial class NET<T>;", "@ partial class Net<T, U>;",
            "partial class Outer { @ partial class Net; }", "partial class Outer<T> { @ partial class Net; }", "partial class outer { @ partial class Net; }",
            "partial class Outer_T { @ partial class Net; }", "namespace A { @ partial class Net; }", "namespace a { @ partial class Net; }",
            "namespace A.Outer { @ partial class Net; }", "namespace A { partial class B { @ partial class Net; } }", "namespace a.b { @ partial class Net; }",
        ];
        var names = sources.Select(source => Names([source, .. sources.Where(other => other != source).Select(other => other.Replace("@", ""))]).ToList()).ToList();

        Assert.All(names, files => Assert.NotEmpty(files));
        Assert.Equal(names.Sum(files => files.Count), names.SelectMany(files => files).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal(names.Sum(files => files.Count), Names(sources).Count());
    }

    [Fact]
    public void Names_are_no_longer_than_file_systems_take()
    {
        string[] letters = ["a", "ж", "界"];
        foreach (var letter in letters)
        {
            var name = string.Concat(Enumerable.Repeat(letter, 400));
            var files = Names($"@ partial class X{name}1;", $"@ partial class Y{name}1;").ToList();
            Assert.All(files, file => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(file), 1, 200));
            Assert.Equal(files.Count, files.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        }
    }

    private static IEnumerable<string> Names(params string[] sources)
    {
        var run = GeneratorRun.Of(new GeneratorSetup(), sources.Select(source => source.Replace("@ ", Layers)));
        Assert.Empty(run.Ids);
        return run.Sources.Select(file => file.Name);
    }
}
