using RnnGen.Generator.Planning;
using static RnnGen.Generator.Emit.SurfaceText;

namespace RnnGen.Generator.Emit;

/// <summary>Prints the functions that C calls, a line each: the runtime does the work.</summary>
internal static class NativeEntryPointEmitter
{
    private const string Convention = "typeof(global::System.Runtime.CompilerServices.CallConvCdecl)";

    public static void Emit(CodeWriter writer, NetworkPlan network, NativePlan plan)
    {
        writer.Line("#pragma warning disable CS3016 // Compliant or not: none but C calls them.").Line();
        using (writer.Block($"partial class {TypeScope.ClassOf(network.Spec)}"))
        {
            writer.Line($"/// <summary>What C calls, by the names that {plan.Prefix}.h declares. No exception leaves it.</summary>");
            using (writer.Block("internal static class NativeEntryPoints"))
            {
                foreach (var function in plan.Functions)
                {
                    string parameters = string.Join(", ", function.Parameters.Select(parameter => $"{parameter.ManagedType} {parameter.ManagedName}"));
                    writer.Gap()
                        .Line($"/// <summary>C's <c>{function.Name}</c>.</summary>")
                        .Line("[global::System.Runtime.InteropServices.UnmanagedCallersOnly(")
                        .Line($"    EntryPoint = \"{function.Name}\", CallConvs = new global::System.Type[] {{ {Convention} }})]")
                        .Line($"internal static {(function.ReturnsCode ? InRuntime + "NativeStatus" : "nuint")} {function.Method}({parameters}) =>")
                        .Line($"    {function.Body};");
                }
            }
        }
    }
}
