using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests;

/// <summary>Whether the JIT may optimise what the compiler does not: what the assembly says in the end.</summary>
public sealed class DebugOptimizationTests
{
    private const string Net = "[RnnGen.Network(3)] [RnnGen.Gru(4)] public sealed partial class Net;";
    private const string NoNet = "public sealed class Net;";

    [Theory]
    [InlineData("true", OptimizationLevel.Debug, Net, false)]
    [InlineData("True", OptimizationLevel.Debug, Net, false)]
    [InlineData("false", OptimizationLevel.Debug, Net, true)]
    [InlineData("", OptimizationLevel.Debug, Net, true)]
    [InlineData(null, OptimizationLevel.Debug, Net, true)]
    [InlineData("true", OptimizationLevel.Debug, NoNet, true)]
    [InlineData("true", OptimizationLevel.Release, Net, false)]
    public void The_property_lets_the_JIT_optimise_an_assembly_with_a_network(string? property, OptimizationLevel level, string source, bool isDisabled) =>
        Assert.Equal(isDisabled, AttributeOf(property, level, source).IsJITOptimizerDisabled);

    [Fact]
    public void Release_keeps_the_compilers_own() =>
        Assert.Equal(AttributeOf("false", OptimizationLevel.Release, Net).DebuggingFlags, AttributeOf("true", OptimizationLevel.Release, Net).DebuggingFlags);

    [Theory]
    [InlineData("[assembly: System.Diagnostics.Debuggable(true, true)] " + Net)]
    [InlineData("using That = System.Diagnostics.DebuggableAttribute; [assembly: That(That.DebuggingModes.Default | That.DebuggingModes.DisableOptimizations)] " + Net)]
    public void A_project_that_says_it_itself_is_left_alone(string source) =>
        Assert.True(AttributeOf("true", OptimizationLevel.Debug, source).IsJITOptimizerDisabled);

    /// <summary>The attribute of the assembly that the compiler makes; the project must compile, so there is no more than one.</summary>
    private static DebuggableAttribute AttributeOf(string? property, OptimizationLevel level, string source)
    {
        Dictionary<string, string> properties = [];
        if (property is not null)
            properties.Add("RnnGenOptimizeDebug", property);
        var setup = new GeneratorSetup { Optimization = level, Properties = properties };
        var run = GeneratorRun.Of(setup, source).AssertCompiles();
        using var image = new MemoryStream();
        Assert.True(run.Output.Emit(image).Success);
        image.Position = 0;
        var context = new AssemblyLoadContext(name: null, isCollectible: true);
        try
        {
            return context.LoadFromStream(image).GetCustomAttribute<DebuggableAttribute>()!;
        }
        finally
        {
            context.Unload();
        }
    }
}
