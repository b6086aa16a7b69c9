using System.ComponentModel;
using System.Reflection;
using RnnGen.Training;

namespace RnnGen.Tests.Limits;

/// <summary>No extreme number does anything but end in an exception that names the argument, what was expected and what came.</summary>
public sealed class ArgumentTests
{
    /// <summary>Numbers of which every value is fine, and data that nobody makes but the library.</summary>
    private static readonly string[] Free =
    [
        "TrainerOptions.Seed", "INetwork.Create.seed", "LearningRateSchedule.Factor.update", "Tape.DropoutSeed", "Tape.FirstStep",
        "Equations", "Vector", "CellAttribute", "NetworkOutput", // of equations, which refuse what contradicts itself: see CellReferenceTests
        "OutputLoss", "TrainingSet.PerOutput", // of several outputs: see OutputTrainingTests
        "Score", "EpochReport", "TrainingProgress", "OutputDifference", "TrainingReport",
    ];

    private static readonly Type[] Numbers = [typeof(int), typeof(long), typeof(float), typeof(double)];

    public static TheoryData<string> Places => [.. ArgumentCases.All.Select(known => known.Place).Distinct()];

    [Theory]
    [MemberData(nameof(Places))]
    public void Extremes_are_refused(string place)
    {
        foreach (ArgumentCase known in ArgumentCases.All.Where(known => known.Place == place))
        {
            for (int i = 0; i < known.Calls.Length; i++)
            {
                Exception? thrown = Record.Exception(known.Calls[i]);
                Assert.True(thrown is ArgumentException, $"{place}, call {i}: {thrown?.ToString() ?? "nothing was thrown"}");
                var refused = (ArgumentException)thrown!;
                Assert.Equal(known.Argument, refused.ParamName);
                Assert.Contains("expected", refused.Message, StringComparison.Ordinal);
                Assert.Matches(@"^[\w ×.]+: ", refused.Message);
                Assert.Matches(@"(got|has|needs) ", refused.Message);
            }
        }
    }

    [Fact]
    public void Every_number_of_the_surface_is_in_the_table()
    {
        IEnumerable<string> known = ArgumentCases.All.Select(one => one.Place).Distinct();
        IEnumerable<string> missing = Surface().Except(known)
            .Where(place => !Free.Any(free => $"{place}.".StartsWith($"{free}.", StringComparison.Ordinal)));
        Assert.Empty(missing);
        Assert.True(Surface().Count() > 60);
    }

    private static IEnumerable<string> Surface()
    {
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        Type[] others = [typeof(Attribute), typeof(Delegate), typeof(Enum)];
        IEnumerable<Type> types = typeof(Loss).Assembly.GetExportedTypes()
            .Where(type => type.Namespace is "RnnGen" or "RnnGen.Training" && !others.Any(other => other.IsAssignableFrom(type)) && IsShown(type));
        foreach (Type type in types)
        {
            string name = type.Name.Split('`')[0];
            MethodBase[] methods = [.. type.GetMethods(Declared).Where(method => !method.IsSpecialName), .. type.GetConstructors(Declared)];
            foreach (MethodBase method in methods.Where(method => IsShown(method) && !IsOfObject(method)))
                foreach (ParameterInfo parameter in method.GetParameters().Where(parameter => IsNumber(parameter.ParameterType)))
                    yield return $"{name}.{method.Name}.{parameter.Name}";
            foreach (PropertyInfo property in type.GetProperties(Declared).Where(IsShown))
            {
                foreach (ParameterInfo parameter in property.GetIndexParameters().Where(parameter => IsNumber(parameter.ParameterType)))
                    yield return $"{name}.{property.Name}.{parameter.Name}";
                if (property.SetMethod is { IsPublic: true } && IsNumber(property.PropertyType))
                    yield return $"{name}.{property.Name}";
            }
        }
    }

    private static bool IsOfObject(MethodBase method) => method.Name is "Equals" or "Deconstruct";

    private static bool IsNumber(Type type) => Numbers.Contains(Nullable.GetUnderlyingType(type) ?? type);

    private static bool IsShown(MemberInfo member) => member.GetCustomAttribute<EditorBrowsableAttribute>()?.State != EditorBrowsableState.Never;
}
