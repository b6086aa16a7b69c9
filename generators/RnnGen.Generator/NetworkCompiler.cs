using RnnGen.Generator.Emit;
using RnnGen.Generator.Graph;
using RnnGen.Generator.Planning;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator;

/// <summary>From a spec to source files: plan, then print.</summary>
internal static class NetworkCompiler
{
    /// <summary>The files of a network, by name.</summary>
    public static IEnumerable<(string Name, string Source)> Compile(NetworkSpec spec, LayerCatalogue catalogue)
    {
        var plan = NetworkPlanner.Plan(spec, catalogue);
        yield return ($"{spec.HintName}.g.cs", TypeScope.File(spec, writer => SurfaceEmitter.Emit(writer, plan)));
        var code = Code(plan).ToList();
        var mentioned = new HashSet<string>(code.SelectMany(file => LocalName.Words(file.Source)), StringComparer.Ordinal);
        yield return ($"{spec.HintName}.Layout.g.cs", TypeScope.File(spec, writer => LayoutEmitter.Emit(writer, plan, mentioned)));
        foreach (var file in code)
            yield return file;
    }

    /// <summary>The loops, and what they call.</summary>
    private static IEnumerable<(string Name, string Source)> Code(NetworkPlan plan)
    {
        var spec = plan.Spec;
        yield return ($"{spec.HintName}.Loops.g.cs", TypeScope.KernelFile(spec, writer => LoopsEmitter.Emit(writer, plan)));
        if (NativePlanner.Plan(plan) is { } native)
        {
            yield return ($"{spec.HintName}.NativeEntryPoints.g.cs", TypeScope.File(spec, writer => NativeEntryPointEmitter.Emit(writer, native)));
            yield return ($"{spec.HintName}.Header.native.g.cs", NativeHeaderEmitter.Emit(native));
            yield return ($"{spec.HintName}.Loader.native.g.cs", NativeLoaderEmitter.Emit(native));
        }

        foreach (var target in plan.Targets)
        {
            yield return Kernels(plan, target, "Inference", writer => new InferenceEmitter(writer, plan, target).Emit());
            if (spec.Training)
                yield return Kernels(plan, target, "Training", writer => Training(writer, plan, target));
        }
    }

    /// <summary>The kernels of the forward pass that keeps a tape, and of back-propagation through time.</summary>
    private static void Training(CodeWriter writer, NetworkPlan plan, TargetPlan target)
    {
        foreach (var kernels in plan.Kernels.Where(kernels => kernels.ForTraining))
            KernelEmitter.Emit(writer, kernels, target);
    }

    private static (string Name, string Source) Kernels(NetworkPlan plan, TargetPlan target, string part, Action<CodeWriter> emit) => (
        $"{plan.Spec.HintName}.{target.Target.Name}.{part}.g.cs",
        TypeScope.KernelFile(plan.Spec, writer =>
        {
            using (writer.Block($"partial class {TypeScope.ClassOf(plan.Spec)}"))
            {
                var (name, lanes, registers) = (target.Target.Name, target.Target.Lanes, target.Target.Registers);
                writer.Line(KernelText.Summary($"Kernels for {name}: {lanes} lanes per vector, {registers} registers."));
                using (writer.Block(LoopsEmitter.Implements(target.Target.Name)))
                    emit(writer);
            }
        }));
}
